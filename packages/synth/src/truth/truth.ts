// What really is in the drawn world: for every file, what it shows, where that came from and what was done to it.
import type { Edit } from '../edit/edits.js';
import type { Stay } from '../chats/group.js';
import type { ToldEntry } from '../chats/told.js';
import type { ChatPerson } from '../chats/words.js';
import type { FilmEdit } from '../film/encode.js';

export type FileKind = 'picture' | 'film' | 'sound' | 'text' | 'table' | 'document' | 'archive' | 'broken';

/** A thing that recurs in several rooms, and the share of the picture that it covers. */
export interface SeenObject {
  readonly object: string;
  readonly share: number;
}

/** One shot of the camera (or one drawn card, text, blank or film): the unit of "same content". */
export interface TruthFrame {
  readonly id: string;
  readonly kind: 'room' | 'card' | 'text' | 'blank' | 'dark' | 'film';
  /** Place shown, for rooms. */
  readonly room: string | null;
  /** Device that took it, if any. */
  readonly camera: string | null;
  /** Layout shared by cards with different content. */
  readonly template: string | null;
  /** Too little content for any near match: such pictures match by bytes only. */
  readonly featureless: boolean;
  readonly objects: readonly SeenObject[];
}

export interface TruthFile {
  readonly exhibit: string;
  /** Path in the exhibit; inside an archive of the exhibit, the archive's path comes first. */
  readonly path: string;
  /** Archives inside the exhibit that hold the file, outermost first. */
  readonly containers: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: FileKind;
  /** Frames shown: one for most pictures and for truncated ones, several for a collage, none for other files. */
  readonly frames: readonly string[];
  readonly edits: readonly Edit[];
  /** Within the floor of whole-picture hashes. */
  readonly floor: boolean;
  /** The camera of which the file names the serial number: only what comes straight from one does. */
  readonly device: string | null;
  /** For broken files: what is wrong with it. */
  readonly fault: string | null;
  /** For films, and sounds that were taken out of them: what was made of the film. */
  readonly film?: FilmEdit;
}

export interface Truth {
  readonly operation: string;
  readonly scale: string;
  readonly seed: number;
  readonly frames: readonly TruthFrame[];
  readonly files: readonly TruthFile[];
  readonly nearMisses: readonly NearMiss[];
  readonly chats: TruthChats;
}

/** Two frames that are easily taken for one another and are not the same. */
export interface NearMiss {
  readonly a: string;
  readonly b: string;
  readonly why: 'same room' | 'same template';
}

/** What really happened in the groups of the operation, and what each export of them holds. */
export interface TruthChats {
  readonly groups: readonly {
    readonly id: string;
    readonly subjects: readonly string[];
    readonly people: readonly ChatPerson[];
    readonly stays: readonly Stay[];
  }[];
  readonly exports: readonly {
    readonly exhibit: string;
    /** Of the text, in the exhibit. */
    readonly path: string;
    readonly group: string;
    /** Whose phone it is. */
    readonly person: string;
    readonly platform: 'ios' | 'android';
    readonly language: string;
    readonly clockS: number;
    /** Under which names the phone shows each person. */
    readonly names: Readonly<Record<string, readonly string[]>>;
    readonly entries: readonly ToldEntry[];
  }[];
  /** Each picture that was posted, in the order of time, whether or not an export still has its file. */
  readonly postings: readonly {
    readonly group: string;
    readonly entry: string;
    readonly atMs: number;
    readonly author: string;
    readonly frame: string;
    readonly sha256: string;
  }[];
}
