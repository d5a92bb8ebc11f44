/** How a picture was made, as far as readers are told. The texts are in `i18n/`. */
export const sourceLabels = [
  'ai',
  'ai-edited',
  'ai-composite',
  'composite',
  'digital-illustration',
  'algorithm',
  'enhanced',
  'data',
  'screenshot',
  'virtual',
] as const;
export type SourceLabel = (typeof sourceLabels)[number];

/**
 * The label for an IPTC Digital Source Type. Undefined for an ordinary photograph (captured, scanned, or edited by a
 * person as usual) and for an unknown type.
 *
 * @param type the last part of its address, such as `trainedAlgorithmicMedia`. Retired types are included
 * @see http://cv.iptc.org/newscodes/digitalsourcetype/
 */
export function sourceLabel(type: string | undefined): SourceLabel | undefined {
  return type !== undefined && Object.hasOwn(labels, type) ? labels[type] : undefined;
}

const labels: Record<string, SourceLabel> = {
  trainedAlgorithmicMedia: 'ai',
  compositeWithTrainedAlgorithmicMedia: 'ai-edited',
  compositeSynthetic: 'ai-composite',
  composite: 'composite',
  compositeCapture: 'composite',
  digitalCreation: 'digital-illustration',
  digitalArt: 'digital-illustration',
  softwareImage: 'digital-illustration',
  algorithmicMedia: 'algorithm',
  algorithmicallyEnhanced: 'enhanced',
  dataDrivenMedia: 'data',
  screenCapture: 'screenshot',
  virtualRecording: 'virtual',
};

const vocabulary = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** The address in the vocabulary, whether the file contains it with http, with https, or only as its last part. */
export function sourceTypeAddress(written: string): string | undefined {
  const name = /^(?:https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/)?([A-Za-z]{3,60})\/?$/.exec(written)?.[1];
  return name && vocabulary + name;
}
