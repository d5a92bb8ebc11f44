/** The most important point, in percent from the left and from the top of the picture as shown. */
export interface Focus {
  xPercent: number;
  yPercent: number;
}
