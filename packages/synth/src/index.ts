// Public door of the drawn world.
export {
  drawOperation,
  type DrawOptions,
  type ExhibitEntry,
  type OperationFile,
  type Summary,
} from './world/operation.js';
export { drawBadFiles, pixelBomb, zipBomb, type BadFile } from './world/bad-files.js';
export { drawJpeg, drawPicture, type PictureOptions, type RgbPicture } from './picture.js';
export { drawSensor, expose, type Sensor, type SensorOptions } from './sensor/sensor.js';
export type { FilmEdit } from './film/encode.js';
export type { ListEntry } from './world/lists.js';
export type { Scale } from './world/cast.js';
export { FLOOR, isWithinFloor, overlayArea, type Edit, type EditKind } from './edit/edits.js';
export * from './truth/index.js';
export {
  drawPlanted,
  type PlantedCopy,
  type PlantedOptions,
  type PlantedPicture,
  type PlantedSet,
} from './planted/planted.js';
export {
  drawExercise,
  planExercise,
  type Exercise,
  type ExerciseQuestion,
  type ExerciseSign,
} from './exercise/exercise.js';
export { plantedEdits, type PlantedEdit } from './planted/planted-edits.js';
export * from './chats/index.js';
