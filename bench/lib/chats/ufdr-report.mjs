// A phone report of any size as it is written, piece by piece: half of it files, half chats. Nothing of it lies on a disk.
import { createHash } from 'node:crypto';

const PIECE = 1 << 16;
const hex = (text, algorithm) => createHash(algorithm).update(text).digest('hex');
const id = (text) => hex(text, 'md5').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const field = (name, value) =>
  `<field name="${name}" type="String">${value === null ? '<empty />' : `<value type="String"><![CDATA[${value}]]></value>`}</field>`;
const time = (at) => new Date(Date.UTC(2025, 0, 1) + at * 61_000).toISOString().replace('Z', '+00:00');

const file = (seed, at) => {
  const key = `${seed} file ${at}`;
  const name = `IMG-${20250101 + (at % 28)}-WA${String(at).padStart(7, '0')}.jpg`;
  const stamp = (kind) =>
    `<timestamp name="${kind}" format="TimeStampKnown" formattedTimestamp="${time(at).slice(0, 19)}">${time(at)}</timestamp>`;
  return `<file fs="ToyPhone (Fs)" fsid="${id(seed)}" path="/Root/media/0/WhatsApp/Media/WhatsApp Images/${name}" name="${name}" size="${10_000 + (at % 90_000)}" id="${id(key)}" extractionId="0" deleted="${at % 9 === 0 ? 'Deleted' : 'Intact'}" embedded="false" isrelated="False" source_index="${at}">
<accessInfo>${['CreationTime', 'ModifyTime', 'AccessTime'].map(stamp).join('')}</accessInfo>
<metadata section="File"><item name="Local Path" systemtype="System.String"><![CDATA[files\\Image\\${name}]]></item><item name="SHA256" systemtype="System.String"><![CDATA[${hex(key, 'sha256')}]]></item><item name="MD5" systemtype="System.String"><![CDATA[${hex(key, 'md5')}]]></item><item name="Tags" systemtype="System.String"><![CDATA[Image]]></item></metadata>
</file>
`;
};

const party = (at) =>
  `<model type="Party" id="${id(`p${at}`)}" deleted_state="Unknown" decoding_confidence="High" isrelated="False" source_index="${at}" extractionId="0">${field('UserMapping', null)}${field('Identifier', `999${String(at).padStart(6, '0')}@s.whatsapp.net`)}${field('Name', `Toy ${at}`)}${field('IsPhoneOwner', at === 0 ? 'True' : 'False')}${field('IsGroupAdmin', null)}</model>`;

const message = (seed, at, files) => {
  const attachment =
    at % 5 === 0
      ? `<multiModelField name="Attachments" type="Attachment"><model type="Attachment" id="${id(`a${at}`)}" deleted_state="Intact" decoding_confidence="High" isrelated="False" source_index="${at}" extractionId="0" file_id="${id(`${seed} file ${at % files}`)}">${field('Filename', 'IMG.jpg')}${field('ContentType', 'image/jpeg')}${field('URL', null)}${field('attachment_extracted_path', 'chats\\Attachments\\IMG.jpg')}</model></multiModelField>`
      : '<multiModelField name="Attachments" type="Attachment" />';
  return `<model type="InstantMessage" id="${id(`${seed} m${at}`)}" deleted_state="Intact" decoding_confidence="High" isrelated="False" source_index="${at}" extractionId="0">
${field('UserMapping', 'Decoding')}${field('Source', 'WhatsApp')}${field('ServiceIdentifier', null)}<modelField name="From" type="Party">${party(at % 50)}</modelField><multiModelField name="To" type="Party" />${field('Body', `Stamp ${at}: two green ones for a red one, posted on ${time(at).slice(0, 10)}`)}${field('Identifier', hex(`${seed} i${at}`, 'md5'))}<field name="TimeStamp" type="TimeStamp"><value type="TimeStamp" format="TimeStampKnown" formattedTimestamp="${time(at).slice(0, 19)}">${time(at)}</value></field><modelField name="Attachment" type="Attachment"><empty /></modelField>${attachment}${field('Status', 'Read')}${field('Platform', 'Mobile')}${field('Type', 'AppMessage')}
</model>
`;
};

const MESSAGES_A_CHAT = 200_000;

/** Answers what was written, as it is written: `counts` is right at the end. */
export const ufdrReport = (seed, bytes) => {
  const counts = { bytes: 0, files: 0, messages: 0, chats: 0 };
  const write = function* () {
    yield `<?xml version="1.0" encoding="utf-8"?>\n<project id="${id(seed)}" name="toy-phone" extractionType="FileSystem" xmlns="http://pa.cellebrite.com/report/2.0">\n<sourceExtractions><extractionInfo id="0" name="Toy File System" type="FileSystem" deviceName="ToyPhone One" /></sourceExtractions>\n<metadata section="Device Info"><item name="Model"><![CDATA[ToyPhone One]]></item></metadata>\n<taggedFiles>\n`;
    for (; counts.bytes < bytes / 2; counts.files += 1) yield file(seed, counts.files);
    yield '</taggedFiles>\n<decodedData>\n<modelType type="Chat">\n';
    for (; counts.bytes < bytes; counts.messages += 1) {
      if (counts.messages % MESSAGES_A_CHAT === 0) {
        if (counts.chats > 0) yield '</multiModelField>\n</model>\n';
        yield `<model type="Chat" id="${id(`c${counts.chats}`)}" deleted_state="Intact">${field('Source', 'WhatsApp')}${field('Id', `99900${counts.chats}@g.us`)}${field('Name', 'Toy stamps')}<multiModelField name="Participants" type="Party">${Array.from({ length: 50 }, (_, at) => party(at)).join('')}</multiModelField><multiModelField name="Messages" type="InstantMessage">\n`;
        counts.chats += 1;
      }
      yield message(seed, counts.messages, counts.files);
    }
    yield '</multiModelField>\n</model>\n</modelType>\n</decodedData>\n</project>\n';
  };
  const open = async function* () {
    let piece = '';
    for (const text of write()) {
      piece += text;
      counts.bytes += text.length;
      if (piece.length < PIECE) continue;
      yield Buffer.from(piece);
      piece = '';
    }
    yield Buffer.from(piece);
  };
  return { counts, open };
};
