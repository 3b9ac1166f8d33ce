// Words for kinds of media in what stands for a file that was left out, in any of the languages. The first that fits counts.
import type { AttachmentMedia } from '@redthread/core/chats';

const words = (text: string): readonly string[] => text.trim().split(/\s*\|\s*/);

export const MEDIA_WORDS: readonly (readonly [AttachmentMedia, readonly string[]])[] = [
  [
    'sticker',
    words(
      'sticker | çıkartma | ملصق | стикер | стікер | naklejk | स्टिकर | stiker | klistermärke | klistremerke | autocollant | adesivo | pegatina | figurinha | αυτοκόλλητ | ステッカー | スタンプ | 스티커 | 贴图 | 貼圖 | 表情包',
    ),
  ],
  [
    'contact',
    words(
      'contact | kontakt | contacto | contatto | contato | kişi kartı | kartvizit | جهة اتصال | контакт | संपर्क | kontak | επαφή | επαφής | 連絡先 | 연락처 | 联系人 | 聯絡人',
    ),
  ],
  [
    'video',
    words(
      'video | vídeo | vidéo | gif | فيديو | видео | відео | wideo | film | वीडियो | βίντεο | ビデオ | 動画 | 동영상 | 비디오 | 视频 | 影片 | 視訊',
    ),
  ],
  [
    'audio',
    words(
      'audio | ses | sprachnachricht | voice | áudio | صوت | аудио | аудіо | голосов | dźwięk | ऑडियो | ljud | ήχο | ηχητικ | 音声 | オーディオ | 오디오 | 음성 | 音频 | 語音 | 音訊',
    ),
  ],
  [
    'document',
    words(
      'document | dokument | documento | belge | مستند | документ | दस्तावेज़ | dokumen | έγγραφ | ドキュメント | 文書 | 문서 | 文档 | 文件 | 檔案',
    ),
  ],
  [
    'image',
    words(
      'image | photo | picture | bild | foto | imagen | imagem | immagine | afbeelding | görüntü | resim | fotoğraf | صورة | изображен | фото | зображен | obraz | zdjęci | चित्र | छवि | फ़ोटो | gambar | imagine | εικόνα | φωτογραφία | 画像 | 写真 | 이미지 | 사진 | 图片 | 圖片 | 照片',
    ),
  ],
];
