import { expect, test } from 'vitest';
import { originalAddress } from './original-address.ts';

test.each([
  ['http://4.bp.blogspot.com/-n/AAA/s320/tree1.png', 'http://4.bp.blogspot.com/-n/AAA/s0/tree1.png'],
  ['//1.bp.blogspot.com/_a/BBB/s1600-h/A+b.JPG', '//1.bp.blogspot.com/_a/BBB/s0/A+b.JPG'],
  ['https://1.bp.blogspot.com/-x/AAA/s72-c/a.png', 'https://1.bp.blogspot.com/-x/AAA/s0/a.png'],
  ['https://1.bp.blogspot.com/-x/AAA/w640-h480-p-k-no-nu/a.png', 'https://1.bp.blogspot.com/-x/AAA/s0/a.png'],
  [
    'https://blogger.googleusercontent.com/img/b/R29/AVvX/s1024/a.jpg',
    'https://blogger.googleusercontent.com/img/b/R29/AVvX/s0/a.jpg',
  ],
  [
    'https://blogger.googleusercontent.com/img/a/AVvXsE=w320-h240',
    'https://blogger.googleusercontent.com/img/a/AVvXsE=s0',
  ],
  ['https://lh3.googleusercontent.com/-a/AAA/s400/a.jpg', 'https://lh3.googleusercontent.com/-a/AAA/s0/a.jpg'],
  ['https://lh5.ggpht.com/_a/S/s320/a.jpg', 'https://lh5.ggpht.com/_a/S/s0/a.jpg'],
  [
    'http://photos1.blogger.com/blogger/4140/760/320/a.0.jpg',
    'http://photos1.blogger.com/blogger/4140/760/1600/a.0.jpg',
  ],
  [
    'https://substackcdn.com/image/fetch/$s_!x!,w_1456,c_limit,f_auto/https%3A%2F%2Fsubstack-post-media.s3.amazonaws.com%2Fpublic%2Fimages%2Fa_1x2.jpeg',
    'https://substack-post-media.s3.amazonaws.com/public/images/a_1x2.jpeg',
  ],
  ['https://cdn.substack.com/image/fetch/w_36/https://example.org/a.jpg', 'https://example.org/a.jpg'],
])('%s', (src, original) => expect(originalAddress(src)).toBe(original));

test.each([
  'https://example.org/s320/a.jpg',
  '/s320/a.jpg',
  's320/a.jpg',
  'https://blogger.googleusercontent.com/img/a/AVvXsE',
  'https://1.bp.blogspot.com/s320',
  'https://substackcdn.com/image/fetch/w_1/https%3A%2F%2F%E0%A4%A',
  'data:image/png;base64,AAA=s320',
])('%s stays as it is', (src) => expect(originalAddress(src)).toBe(src));
