// Stems of words that tell what a notice is about, in any of the languages: for wordings that are not known whole. The first that fits counts.
import type { ChatEventType } from '@redthread/core/chats';

const anyOf = (words: string): RegExp =>
  new RegExp(
    words
      .trim()
      .split(/\s*\|\s*/)
      .join('|'),
    'u',
  );

export const STEMS: readonly (readonly [ChatEventType, RegExp])[] = [
  [
    'encryption-notice',
    anyOf(
      'end-to-end | end to end | ende-zu-ende | extremo a extremo | bout en bout | ponta a ponta | uçtan uca | مشفر | التشفير | رمزگذاری | сквозн | наскрізн | एंड-टू-एंड | ujung ke ujung | ända till ända | διατερματικ | エンドツーエンド | 종단간 | 종단 간 | 端对端 | 端到端 | 端對端 | päästä päähän | végpontok közöt',
    ),
  ],
  [
    'setting-changed',
    anyOf(
      'reset | revoked | zurückgesetzt | restablec | réinitialis | reimpost | redefin | opnieuw ingesteld | sıfırla | إعادة تعيين | сброс | скину | zresetow | रीसेट | mengatur ulang | återställ | resetat | επαναφ | リセット | 재설정 | 重置 | 重設',
    ),
  ],
  [
    'member-joined-by-link',
    anyOf(
      'invite | invitation link | einladungslink | einladung | enlace de invita | enlace | lien d | invito | convite | uitnodiging | davet | دعوة | приглаш | запрошен | zaproszeni | लिंक | आमंत्रण | undangan | tautan | inbjud | invitați | πρόσκλησ | σύνδεσμ | 招待 | リンク | 초대 링크 | 링크 | 邀请链接 | 邀請連結 | 链接 | 連結 | kutsulink | meghív',
    ),
  ],
  [
    'icon-changed',
    anyOf(
      'icon | photo | gruppenbild | gruppenfoto | ícono | icono | icône | icona | ícone | imagem do grupo | imagen del grupo | immagine del gruppo | afbeelding | pictogram | simge | resmi | أيقونة | صورة | значок | иконк | іконк | ikon | zdjęci | आइकन | आइकॉन | फ़ोटो | pictogram | imaginea | εικονίδι | εικόνα | アイコン | 아이콘 | 사진 | 图标 | 圖示 | 头像 | 頭像',
    ),
  ],
  [
    'description-changed',
    anyOf(
      'descri | beschreibung | beschrijving | omschrijving | açıklama | وصف | описани | опис | opis | विवरण | deskripsi | beskrivning | περιγραφ | 説明 | 설명 | 描述 | 说明 | 說明',
    ),
  ],
  [
    'admin-changed',
    anyOf(
      'admin | administra | beheerder | yönetici | مشرف | админ | адмін | एडमिन | व्यवस्थापक | διαχειριστ | 管理者 | 관리자 | 管理员 | 管理員',
    ),
  ],
  [
    'pinned',
    anyOf(
      'pinned | angepinnt | angeheftet | fijó | épinglé | fissato | fixou | vastgezet | sabitle | ثبت | ثبّت | закреп | закріп | przypi | पिन | menyemat | fäst | fixat un | καρφίτσ | ピン留め | 고정 | 置顶 | 置頂',
    ),
  ],
  [
    'number-changed',
    anyOf(
      'phone number | telefonnummer | handynummer | número de tel | numéro de tél | numero di tel | número de telefone | nuevo número | telefoonnummer | telefon numara | رقم هاتف | رقم الهاتف | номер телефон | numer telefonu | फ़ोन नंबर | फोन नंबर | नंबर बदल | nomor telepon | numărul de telefon | αριθμό τηλεφώνου | 電話番号 | 전화번호 | 手机号 | 电话号码 | 電話號碼',
    ),
  ],
  [
    'call',
    anyOf(
      'voice call | video call | missed | sprachanruf | videoanruf | verpasst | llamada | videollamada | appel | chiamata | chamada | ligação | oproep | gesprek | arama | مكالمة | звонок | дзвінок | виклик | połączenie | कॉल | panggilan | samtal | apel | κλήση | 通話 | 着信 | 통화 | 通话 | 来电 | 來電',
    ),
  ],
  [
    'setting-changed',
    anyOf(
      'settings | disappearing | einstellung | selbstlösch | configuración | ajustes | temporales | paramètres | éphémères | impostazioni | effimeri | configurações | temporárias | instellingen | verdwijnende | tijdelijke | ayarlar | süreli | kaybolan | إعدادات | الاختفاء | настройк | исчезающ | налаштуван | зникаюч | ustawieni | znikając | सेटिंग | pengaturan | setelan | sementara | inställning | försvinnande | setări | temporare | ρυθμίσ | εξαφανιζόμ | 設定 | 消える | 설정 | 사라지는 | 设置 | 限时 | 限時',
    ),
  ],
  [
    'subject-changed',
    anyOf(
      'group name | subject | renamed | betreff | gruppenname | umbenannt | nombre | asunto | le nom | sujet | renommé | nome del | oggetto | nome do | assunto | onderwerp | groepsnaam | grup adı | konu | اسم | عنوان | موضوع | тему | название | назву | nazwę | temat | नाम | विषय | nama grup | subjek | gruppnamn | ämne | numele | subiect | όνομα | θέμα | グループ名 | 件名 | 이름 | 제목 | 名称 | 名稱 | 主题 | 主題',
    ),
  ],
  [
    'group-created',
    anyOf(
      'created | erstellt | gegründet | creó | creaste | ha creado | a créé | avez créé | ha creato | hai creato | criou | criaste | gemaakt | aangemaakt | opgericht | oluştur | kurdu | أنشأ | إنشاء | создал | створи | utworzy | stworzy | założy | बनाया | membuat grup | dibuat | skapade | skapat | creat grup | δημιούργησε | 作成 | 만들 | 생성 | 创建 | 建立 | 新建',
    ),
  ],
  [
    'member-removed',
    anyOf(
      'removed | kicked | entfernt | ausgeschlossen | eliminó a | eliminaste a | expuls | sacó a | retiré | exclu | supprimé | rimosso | espulso | removeu | retirou | verwijderd | çıkardı | attı | أزال | أخرج | طرد | удалил | исключ | видали | вилучи | usun | wyrzuci | हटाया | निकाला | हटा दिया | mengeluarkan | dikeluarkan | tog bort | tagit bort | uteslut | eliminat | scos | αφαίρεσε | έδιωξε | κατάργησε | 削除 | 除外 | 내보 | 강퇴 | 제거 | 삭제 | 移除 | 移出 | 踢出',
    ),
  ],
  [
    'member-added',
    anyOf(
      'added | hinzugefügt | añadi | agreg | ajouté | aggiunto | aggiunta | adicion | toegevoegd | ekledi | أضاف | إضافة | أضفت | добави | додав | додал | doda | जोड़ा | शामिल किया | menambah | ditambah | lade till | lagt till | la till | adăugat | πρόσθεσε | προστέθηκε | προσθέσ | 追加 | 추가 | 초대 | 添加 | 新增 | 加入了',
    ),
  ],
  [
    'member-left',
    anyOf(
      '(?<=\\s)left | verlassen | ausgetreten | salió | saliste | abandon | dejó el | quitté | parti | sorti | uscito | uscita | lasciato | saiu | saíste | deixou | verlaten | vertrokken | ayrıldı | çıktı | غادر | خرج | вышел | вышла | покинул | вийшов | вийшла | покину | opuści | wyszed | wyszła | छोड़ | चले गए | keluar | meninggalkan | lämna | ieșit | părăsit | plecat | αποχώρησε | έφυγε | βγήκε | 退出 | 退会 | 抜け | 나갔 | 퇴장 | 떠났 | 离开 | 離開',
    ),
  ],
  [
    'member-joined-by-link',
    anyOf(
      'joined | beigetreten | se unió | rejoint | si è unit | entrou | lid geworden | toegetreden | katıldı | انضم | присоедин | вступил | приєдна | dołączy | शामिल ह | bergabung | gick med | anslöt | alăturat | προσχώρησε | μπήκε | 参加 | 참가 | 참여 | 加入',
    ),
  ],
];
