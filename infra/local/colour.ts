/**
 * An application tier has ports for its instances twice: a stack starts with the blue ones, a deployment starts as many
 * green ones beside them, the next one blue ones again.
 */
export type Colour = 'blue' | 'green';

export function otherColour(colour: Colour): Colour {
  return colour === 'blue' ? 'green' : 'blue';
}
