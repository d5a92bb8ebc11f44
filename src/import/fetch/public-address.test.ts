import { describe, expect, test } from 'vitest';
import { readHost, refusalOf, refusalOfAddresses } from './fetch-rules.ts';
import { isPublicAddress } from './public-address.ts';

test.each([
  '1.1.1.1',
  '93.184.216.34',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '223.255.255.255',
  '2606:2800:220:1:248:1893:25c8:1946',
  '2001:4860:4860::8888',
  '64:ff9b::101:101',
  '64:ff9b::808:808',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.8.8.8',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '[::1]',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '64:ff9b::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::',
  '64:ff9b::1',
  '64:ff9b::a00:0',
  '64:ff9b:1::808:808',
  'fe80::1',
  'fe80::1%eth0',
  '2606:2800:220:1::1%eth0',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '3fff::1',
  '100::1',
  '5f00::1',
  '',
  'localhost',
  '127.1',
  '0x7f.1',
])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

const rules = { hosts: ['old.example', 'images.example:8080'], privateHosts: [] as string[] };

describe('which addresses may be requested', () => {
  test.each([
    'https://old.example/a.jpg',
    'http://www.old.example/a.jpg',
    'https://OLD.example/a.jpg',
    'https://old.example./a.jpg',
    'http://images.example:8080/a.jpg',
  ])('%s may', (url) => expect(refusalOf(new URL(url), rules)).toBeUndefined());

  test.each([
    'https://other.example/a.jpg',
    'https://old.example.evil.example/a.jpg',
    'https://notold.example/a.jpg',
    'https://images.old.example/a.jpg',
    'https://old.example:8443/a.jpg',
    'https://images.example/a.jpg',
    'https://old.example@evil.example/a.jpg',
    'https://ann:secret@old.example/a.jpg',
    'ftp://old.example/a.jpg',
    'file://old.example/etc/passwd',
    'data:image/png;base64,AAAA',
  ])('%s may not', (url) => expect(refusalOf(new URL(url), rules)).toBeTypeOf('string'));

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:0a00:0001]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
  ])('%s may not even if its host is named', (address) => {
    const url = new URL(address);
    const named = { hosts: [url.host], privateHosts: [] };
    expect(refusalOf(url, named)).toContain('is not a public address');
    expect(refusalOf(url, { ...named, privateHosts: [url.hostname] })).toBeUndefined();
  });

  test('one private address among those of a host is enough', () => {
    const url = new URL('https://old.example/a.jpg');
    expect(refusalOfAddresses(url, ['93.184.216.34'], rules)).toBeUndefined();
    expect(refusalOfAddresses(url, ['93.184.216.34', '10.0.0.5'], rules)).toContain('has the address 10.0.0.5');
    expect(refusalOfAddresses(url, ['10.0.0.5'], { ...rules, privateHosts: ['old.example'] })).toBeUndefined();
    expect(refusalOfAddresses(url, ['10.0.0.5'], { ...rules, privateHosts: ['other.example'] })).toBeDefined();
  });
});

test.each([
  ['old.example', 'old.example', 'old.example'],
  ['OLD.example.', 'old.example', 'old.example'],
  ['old.example:8080', 'old.example:8080', 'old.example'],
  ['https://old.example/', 'old.example', 'old.example'],
  ['https://old.example:443', 'old.example', 'old.example'],
  ['127.0.0.1:4000', '127.0.0.1:4000', '127.0.0.1'],
  ['::1', '[::1]', '[::1]'],
  ['[::1]:80', '[::1]', '[::1]'],
])('--fetch-from %s', (written, host, hostname) => expect(readHost(written)).toEqual({ host, hostname }));

test.each([
  '',
  'old.example/images',
  'https://old.example/images/',
  'a b',
  '*.old.example',
  '*.old.example:x',
  'ann@old.example',
  'ftp://x/',
])('--fetch-from %j is not a host', (written) => expect(readHost(written)).toBeUndefined());
