import type { Identify, RequestClass } from '../model/plan/plan.ts';
import { REQUEST } from '../model/workload/template.ts';
import type { RequestTemplate } from '../model/workload/workload.ts';

/** A request class of a plan as it is sent; `recorded`: with an id of its own in each request, if the class takes one. */
export function requestTemplate(request: RequestClass, share: number, recorded: boolean): RequestTemplate {
  const { name, method, path, headers, body, accept, timeout_s, identify } = request;
  const json = body === undefined ? {} : { body };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const template: RequestTemplate = {
    class: name,
    share,
    method,
    path,
    headers: { ...type, ...headers },
    ...json,
    accept,
    timeout_ms: timeout_s * 1000,
  };
  return recorded && identify ? identified(template, identify) : template;
}

function identified(of: RequestTemplate, { in: place, name }: Identify): RequestTemplate {
  const id = `\${${REQUEST}.id}`;
  if (place === 'header') return { ...of, headers: { ...of.headers, [name]: id }, record: true };
  const body: unknown = JSON.parse(of.body ?? '{}');
  return { ...of, body: JSON.stringify(Object.assign({}, body, { [name]: id })), record: true };
}
