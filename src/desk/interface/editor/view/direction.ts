/** The direction in which a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return /^(?:ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/i.test(language) ? 'rtl' : 'ltr';
}
