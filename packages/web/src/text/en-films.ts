// Text of films and sounds: their stills, and where two agree along their lengths.
export const films = {
  duration: 'Length',
  storyboard: 'Stills',
  still: (time: string) => `Still at ${time}`,
  agree: 'Where they agree in time',
  segment: (a: string, b: string) => `${a} in A is ${b} in B`,
  speed: (times: string) => `B runs ${times} times as long`,
  backwards: 'B runs backwards',
};
