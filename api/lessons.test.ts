import { describe, expect, it } from 'vitest';
import { findLesson, shippedCourses } from './lessons.ts';
import { UsageError } from './usage-error.ts';

const [shop] = shippedCourses();

describe('findLesson', () => {
  it.each([
    [[], 'amazon-shop/1'],
    [['2'], 'amazon-shop/2'],
    [['amazon-shop'], 'amazon-shop/1'],
    [['amazon-shop/2'], 'amazon-shop/2'],
    [['amazon-shop', '2'], 'amazon-shop/2'],
    [['amazon-shop 2'], 'amazon-shop/2'],
  ])('finds by %j %s', (words, id) => expect(findLesson(words).id).toBe(id));

  it.each([
    [['amazn-shop', '2'], 'did you mean `amazon-shop`?'],
    [['9'], 'lessons: amazon-shop 1, 2, 3, 4, 5, 6; url-shortener 1, 2, 3; order-management 1'],
    [['amazon-shop', '2', '3'], 'lessons: amazon-shop 1, 2'],
    [['everything'], 'courses: amazon-shop'],
  ])('says of %j what there is', (words, help) => {
    expect(() => findLesson(words)).toThrow(UsageError);
    expect(() => findLesson(words)).toThrow(expect.objectContaining({ help: expect.stringContaining(help) as string }));
  });
});

it('begins with the shop, in the order of the numbers', () => {
  expect(shop?.name).toBe('amazon-shop');
  expect(shop?.lessons[1]).toMatchObject({ id: 'amazon-shop/2', number: 2, title: 'A cache in front of the database' });
});
