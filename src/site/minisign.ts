import { createHash, createPrivateKey, createPublicKey, type KeyObject, scryptSync, sign, verify } from 'node:crypto';

/*
 * Signatures and keys in the format of minisign, so that anyone can check a site with the program of that name. A
 * signature here is always the same for the same text, because Ed25519 uses no random numbers and the trusted comment
 * contains no time.
 *
 * @see https://jedisct1.github.io/minisign/#signature-format
 */

export interface PublicKey {
  /** 16 hexadecimal digits, as minisign prints them. */
  id: string;
  /** As written in one line: `RWQ…`. */
  text: string;
  key: KeyObject;
}

export interface SecretKey {
  key: KeyObject;
  /** The public key that belongs to it. */
  public: PublicKey;
}

/** Why a key or a signature cannot be used, as a sentence. */
export class MinisignError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MinisignError';
  }
}

const algorithm = 'Ed';
/** The signature is of the BLAKE2b digest of the text, which is the default of minisign since version 0.10. */
const hashedAlgorithm = 'ED';
const scryptAlgorithm = 'Sc';
const idBytes = 8;
const keyBytes = 32;
const signatureBytes = 64;
/** Id, seed, public key, and checksum. */
const secretBytes = idBytes + 2 * keyBytes + 32;

/**
 * Reads a public key.
 *
 * @param text one line (`RWQ…`), or a whole `minisign.pub`
 * @throws MinisignError
 */
export function readPublicKey(text: string): PublicKey {
  const bytes = fromBase64(keyLine(text));
  if (bytes?.length !== 2 + idBytes + keyBytes || bytes.toString('latin1', 0, 2) !== algorithm)
    throw new MinisignError('This is not a public key of minisign, which has 56 characters and begins with RW.');
  return publicKeyOf(bytes.subarray(2, 2 + idBytes), bytes.subarray(2 + idBytes));
}

/** Whether a line is a public key of minisign. */
export function isPublicKey(text: string): boolean {
  try {
    return readPublicKey(text).text === text;
  } catch {
    return false;
  }
}

/**
 * Reads a secret key.
 *
 * @param text one line, or a whole `minisign.key`
 * @param password for a key that is encrypted, which takes some seconds and up to 1 GB of memory
 * @throws MinisignError
 */
export function readSecretKey(text: string, password?: string): SecretKey {
  const bytes = fromBase64(keyLine(text));
  // Algorithms of the key, of its encryption, and of its checksum; salt and limits of the encryption.
  const headBytes = 6 + 32 + 8 + 8;
  if (bytes?.length !== headBytes + secretBytes || bytes.toString('latin1', 0, 2) !== algorithm)
    throw new MinisignError('This is not a secret key of minisign.');
  const kind = bytes.toString('latin1', 2, 4);
  let secret = bytes.subarray(headBytes);
  if (kind === scryptAlgorithm) {
    if (!password) throw new MinisignError('The secret key is encrypted, and there is no password for it.');
    const stream = streamOf(password, {
      salt: bytes.subarray(6, 38),
      operations: bytes.readBigUInt64LE(38),
      memory: bytes.readBigUInt64LE(46),
    });
    secret = Buffer.from(secret.map((byte, i) => byte ^ stream[i]!));
  } else if (kind !== '\0\0') throw new MinisignError('The secret key is encrypted in a way that is not known.');
  const id = secret.subarray(0, idBytes);
  const seed = secret.subarray(idBytes, idBytes + keyBytes);
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
  // The file has a checksum too. The public key beside the seed says the same: whether the password was right.
  const own = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);
  if (!own.equals(secret.subarray(idBytes + keyBytes, idBytes + 2 * keyBytes)))
    throw new MinisignError(
      kind === scryptAlgorithm ? 'The password of the secret key is not correct.' : 'The secret key is damaged.',
    );
  return { key, public: publicKeyOf(id, own) };
}

/**
 * Signs a text.
 *
 * @param trustedComment one line that the signature covers
 * @returns the text of the `.minisig` file
 */
export function signText({ key, public: { text } }: SecretKey, signed: string, trustedComment: string): string {
  const id = Buffer.from(text, 'base64').subarray(2, 2 + idBytes);
  const signature = sign(null, blake2b(signed), key);
  const global = sign(null, Buffer.concat([signature, Buffer.from(trustedComment)]), key);
  return [
    'untrusted comment: signature from minisign secret key',
    Buffer.concat([Buffer.from(hashedAlgorithm), id, signature]).toString('base64'),
    `trusted comment: ${trustedComment}`,
    global.toString('base64'),
    '',
  ].join('\n');
}

/** What a signature says, before anyone has checked it. */
export interface Signature {
  /** The id of the key, as minisign prints it. */
  keyId: string;
  trustedComment: string;
  isHashed: boolean;
  signature: Buffer;
  global: Buffer;
}

/** Reads the text of a `.minisig` file. @throws MinisignError */
export function readSignature(text: string): Signature {
  const [untrusted = '', first = '', trusted = '', second = ''] = text.split(/\r?\n/);
  const bytes = fromBase64(first.trim());
  const global = fromBase64(second.trim());
  const kind = bytes?.toString('latin1', 0, 2);
  const isKnown = kind === algorithm || kind === hashedAlgorithm;
  if (
    !untrusted.startsWith('untrusted comment: ') ||
    !trusted.startsWith('trusted comment: ') ||
    !isKnown ||
    bytes?.length !== 2 + idBytes + signatureBytes ||
    global?.length !== signatureBytes
  )
    throw new MinisignError('This is not a signature of minisign.');
  return {
    keyId: idText(bytes.subarray(2, 2 + idBytes)),
    trustedComment: trusted.slice('trusted comment: '.length),
    isHashed: kind === hashedAlgorithm,
    signature: bytes.subarray(2 + idBytes),
    global,
  };
}

/** Checks that a key has signed a text and the trusted comment. @throws MinisignError */
export function checkSignature({ id, key }: PublicKey, signed: string, found: Signature): void {
  const { keyId, trustedComment, isHashed, signature, global } = found;
  if (keyId !== id) throw new MinisignError(`It was signed with the key ${keyId}, and not with ${id}.`);
  if (!verify(null, isHashed ? blake2b(signed) : Buffer.from(signed), key, signature))
    throw new MinisignError('The signature does not match the text.');
  if (!verify(null, Buffer.concat([signature, Buffer.from(trustedComment)]), key, global))
    throw new MinisignError('The signature does not match its comment.');
}

const blake2b = (text: string): Buffer => createHash('blake2b512').update(text).digest();

/** What precedes the 32 bytes of an Ed25519 key in DER. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

function publicKeyOf(id: Uint8Array, bytes: Uint8Array): PublicKey {
  return {
    id: idText(id),
    text: Buffer.concat([Buffer.from(algorithm), id, bytes]).toString('base64'),
    key: createPublicKey({ key: Buffer.concat([spkiHead, bytes]), format: 'der', type: 'spki' }),
  };
}

/** Minisign prints the eight bytes as one number, the lowest byte first. */
const idText = (id: Uint8Array): string => Buffer.from(id).reverse().toString('hex').toUpperCase();

/** The line with the key, without the comment above it. */
function keyLine(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => !line.startsWith('untrusted comment:')) ?? '';
}

const fromBase64 = (text: string): Buffer | undefined =>
  /^[A-Za-z\d+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;

/** The bytes that a secret key is encrypted with. */
function streamOf(
  password: string,
  { salt, operations, memory }: { salt: Uint8Array; operations: bigint; memory: bigint },
): Buffer {
  // As libsodium derives the parameters of scrypt from its limits (crypto_pwhash_scryptsalsa208sha256).
  const blockSize = 8;
  const limit = Math.max(Number(operations), 32_768);
  const isFewOperations = limit < Number(memory) / 32;
  const costMax = isFewOperations ? limit / (blockSize * 4) : Number(memory) / (blockSize * 128);
  const cost = 2 ** Math.min(Math.max(1, Math.floor(Math.log2(costMax))), 24);
  const parallelization = isFewOperations ? 1 : Math.max(1, Math.floor(limit / 4 / cost / blockSize));
  const maxmem = 256 * cost * blockSize;
  return scryptSync(password, salt, secretBytes, { cost, blockSize, parallelization, maxmem });
}
