import { StackError } from '../backend.ts';

/** Someone took a port between its verification and the server's own bind. The start is tried on another block. */
export class PortTakenError extends StackError {
  override name = 'PortTakenError';
  constructor(message: string) {
    super(message, 'something else on this machine took the port; try again');
  }
}
