import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/** Another issuer than that of access tokens: neither is taken for the other. */
const ISSUER = 'amazon-shop-refresh';
export const REFRESH_TOKEN_S = 30 * 86_400;

const claimsOf = z.object({ sub: z.coerce.number().int().positive(), jti: z.uuid(), family: z.uuid(), exp: z.int() });

export interface RefreshToken {
  readonly userId: number;
  readonly tokenId: string;
  /** The login that this token and those before and after it belong to. */
  readonly family: string;
  readonly expires_s: number;
}

/**
 * Refresh tokens (JWT, HS256). They are signed, not stored: logging in writes nothing, and only a token that was used, or a
 * login that was ended, is remembered in the database.
 */
export class RefreshTokens {
  readonly #key: KeyObject;

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(secret));
  }

  sign(userId: number, family: string = randomUUID()): string {
    return jwt.sign({ family }, this.#key, {
      algorithm: 'HS256',
      subject: String(userId),
      issuer: ISSUER,
      jwtid: randomUUID(),
      expiresIn: REFRESH_TOKEN_S,
    });
  }

  /** What a token says, or null when it is malformed, forged or expired. */
  read(token: string): RefreshToken | null {
    try {
      const claims = claimsOf.safeParse(jwt.verify(token, this.#key, { algorithms: ['HS256'], issuer: ISSUER }));
      if (!claims.success) return null;
      const { sub, jti, family, exp } = claims.data;
      return { userId: sub, tokenId: jti, family, expires_s: exp };
    } catch (error) {
      if (error instanceof jwt.JsonWebTokenError) return null;
      throw error;
    }
  }
}
