import { hash } from 'node:crypto';

/** 22 characters that represent some bytes: 128 bits of their SHA-256. */
export const digestOf = (data: string | Uint8Array): string => hash('sha256', data, 'base64url').slice(0, 22);
