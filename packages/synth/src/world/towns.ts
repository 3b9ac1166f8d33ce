// Where drawn cameras say that they were: around the main squares of towns, which belong to nobody and which every map shows.

export interface Town {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

export const TOWNS: readonly Town[] = [
  { name: 'Lisbon, Praça do Comércio', latitude: 38.7078, longitude: -9.1366 },
  { name: 'Salamanca, Plaza Mayor', latitude: 40.965, longitude: -5.664 },
  { name: 'Lyon, Place Bellecour', latitude: 45.7578, longitude: 4.832 },
  { name: 'Bologna, Piazza Maggiore', latitude: 44.4938, longitude: 11.343 },
  { name: 'Brussels, Grand-Place', latitude: 50.8467, longitude: 4.3525 },
  { name: 'Munich, Marienplatz', latitude: 48.1374, longitude: 11.5755 },
  { name: 'Poznań, Stary Rynek', latitude: 52.4083, longitude: 16.9337 },
  { name: 'Malmö, Stortorget', latitude: 55.6061, longitude: 13.0007 },
];

/** To each side of the square, in degrees: some hundred metres. */
export const AROUND_DEG = 0.004;
