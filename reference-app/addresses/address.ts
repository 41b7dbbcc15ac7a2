import { z } from 'zod';
import { text } from '../http/validation.ts';

/** An address as the carrier gets it, in one text. */
export const addressText = text(5, 500);

export const newAddress = z.strictObject({ label: text(1, 60).optional(), address: addressText });
