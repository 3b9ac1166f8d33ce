// Text of films and sounds: their stills, and where two agree along their lengths.
export const films = {
  duration: 'Length',
  storyboard: 'Stills',
  loudness: 'How loud it is along its length',
  still: (time: string) => `Still at ${time}`,
  agree: 'Where they agree in time',
  segment: (a: string, b: string) => `${a} in A is ${b} in B`,
  speed: (times: string) => `B runs ${times} times as long`,
  backwards: 'B runs backwards',
};
