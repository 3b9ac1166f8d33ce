// Russian, Ukrainian, Polish and Czech, old wordings and new.
import type { Language } from './language.js';

export const RUSSIAN: Language = {
  code: 'ru',
  you: ['Вы', 'вы', 'вас', 'Вас', 'вам'],
  and: [' и '],
  events: {
    'encryption-notice': ['*сквозн(ым|ое|ого) шифровани(ем|е|я)*', '*сквозным шифрованием*', '*сквозное шифрование*'],
    'group-created': ['{a} (создал|создала|создал(а)|создали|создал(-а)) группу[ {s}]'],
    'member-joined-by-link': [
      '{a} (присоединился|присоединилась|присоединился(-ась)|присоединился(лась)|присоединились|вступил|вступила|вступил(а)|вступил(-а)|вступили|присоединился (-ась)) *(ссылк|приглашени)*',
      '{a} (присоединился|присоединилась|присоединился(-ась)|присоединились|вступил|вступила|вступил(а)|вступил(-а)|вступили)*',
    ],
    'member-added': [
      '{a} (добавил|добавила|добавил(а)|добавил(-а)|добавили) {t}[ в группу]',
      '{t} (добавлен|добавлена|добавлен(а)|добавлены|были добавлены)*',
    ],
    'member-removed': [
      '{a} (удалил|удалила|удалил(а)|удалил(-а)|удалили|исключил|исключила|исключил(а)|исключил(-а)|исключили) {t}[ из группы]',
      '{t} (удалён|удалена|удален|удалён(а)|исключён|исключена)*',
    ],
    'member-left': [
      '{a} (вышел|вышла|вышел(-ла)|вышел(ла)|вышли|покинул|покинула|покинул(а)|покинул(-а)|покинули)[ из группы| группу|(а) группу]',
    ],
    'subject-changed': [
      '{a} (изменил|изменила|изменил(а)|изменил(-а)|изменили|сменил|сменила|сменил(а)) (тему|название|имя)[ группы][ с {o}] на {s}',
      '{a} (переименовал|переименовала|переименовал(а)) группу[ {o}| из {o}] в {s}',
    ],
    'description-changed': [
      '{a} (изменил|изменила|изменил(а)|изменил(-а)|изменили|удалил|удалила|удалил(а)) описание*',
    ],
    'icon-changed': [
      '{a} (изменил|изменила|изменил(а)|изменил(-а)|изменили|удалил|удалила|удалил(а)|сменил|сменила) (значок|иконку|картинку|фото|изображение|аватар)*',
    ],
    'number-changed': [
      '{a} (сменил|сменила|сменил(а)|сменил(-а)|изменил|изменила|изменил(а)|изменил(-а)) [свой ]номер[ телефона] на {m}',
      '{n} (сменил|сменила|сменил(а)|изменил|изменила|изменил(а)|изменён|изменен|сменился|изменился|перешёл|перешел) *{m}',
      '{a} (сменил|сменила|сменил(а)|сменил(-а)|изменил|изменила|изменил(а)) *номер*',
    ],
    'admin-changed': ['{a} (теперь|больше не|стал|стала|назначен) *админ*', '{a} *администратор*'],
    pinned: ['{a} (закрепил|закрепила|закрепил(а)|закрепил(-а)|закрепили) сообщение*'],
    call: [
      'Пропущенный *(звонок|вызов)*',
      '(Аудиозвонок|Видеозвонок|Голосовой|Групповой) *',
      '{a} (начал|начала|начал(а)) *звонок*',
    ],
    'setting-changed': [
      '{a} (изменил|изменила|изменил(а)) настройки*',
      '{a} (включил|включила|включил(а)|отключил|отключила|отключил(а)|выключил|выключила|обновил|обновила) *',
      '*исчезающи(е|х) сообщени(я|й)*',
    ],
    other: ['*код безопасности*', '{a} (отправил|отправила) запрос*'],
  },
  deleted: {
    unknown: [
      'Это сообщение было удалено',
      'Данное сообщение удалено',
      'Сообщение удалено',
      'Это сообщение удалено',
      'Данное сообщение было удалено',
    ],
    own: ['Вы удалили это сообщение', 'Вы удалили данное сообщение'],
    admin: [
      'Это сообщение удалено админ',
      'Это сообщение было удалено админ',
      'Админ удалил',
      'Администратор удалил',
      'Данное сообщение удалено админ',
    ],
  },
  edited: ['изменено', 'отредактировано', 'редактировано'],
  omitted: ['без медиа', 'пропущен', 'не включен', 'исключен', 'отсутствует', 'опущен'],
  attached: ['прикреплен', 'файл добавлен', 'вложен', 'прикреплён', 'файл прикреплен'],
  location: ['местоположение', 'геопозиция', 'местонахождение'],
};

export const UKRAINIAN: Language = {
  code: 'uk',
  you: ['Ви', 'ви', 'вас', 'Вас', 'Ти'],
  and: [' і ', ' та ', ' й '],
  events: {
    'encryption-notice': ['*наскрізн(им|е|ого) шифрування*', '*наскрізним шифруванням*', '*наскрізне шифрування*'],
    'group-created': ['{a} (створив|створила|створив(ла)|створили|створює|створив (-ла)|створив(-ла)) групу[ {s}]'],
    'member-joined-by-link': [
      '{a} (приєднався|приєдналася|приєднується|приєднались|приєднався(лась)|приєдналися|приєднався (-лася)|долучився|долучилася) *(посилання|запрошення)*',
      '{a} (приєднався|приєдналася|приєднується|приєдналися|долучився|долучилася)*',
    ],
    'member-added': [
      '{a} (додав|додала|додав(ла)|додали|додає|додав (-ла)|додав(-ла)) {t}[ до групи]',
      '{t} (додано|було додано)*',
    ],
    'member-removed': [
      '{a} (видалив|видалила|видалив(ла)|видалили|видаляє|вилучив|вилучила|вилучає|вилучили|видалив (-ла)|видалив(-ла)) {t}[ з групи]',
      '{t} (видалено|вилучено)*',
    ],
    'member-left': [
      '{a} (вийшов|вийшла|вийшов(ла)|виходить|вийшли|покинув|покинула|покидає|залишив|залишила|залишає|вийшов (-ла)|вийшов(-ла))[ з групи| групу]',
    ],
    'subject-changed': [
      '{a} (змінив|змінила|змінив(ла)|змінили|змінює|змінив (-ла)|змінив(-ла)) (тему|назву)[ групи][ з {o}] на {s}',
    ],
    'description-changed': ['{a} (змінив|змінила|змінив(ла)|змінює|видалив|видалила|змінили) опис*'],
    'icon-changed': [
      '{a} (змінив|змінила|змінив(ла)|змінює|видалив|видалила|змінили) (значок|іконку|піктограму|зображення|фото)*',
    ],
    'number-changed': [
      '{a} (змінив|змінила|змінив(ла)|змінює|змінив(-ла)) [свій ]номер[ телефону] на {m}',
      '{n} (змінив|змінила|змінено|змінює|змінився|перейшов) *{m}',
      '{a} (змінив|змінила|змінив(ла)|змінює|змінили) *номер*',
    ],
    'admin-changed': ['{a} (тепер|більше не|стає|став|стала) *адмін*'],
    pinned: ['{a} (закріпив|закріпила|закріплює|закріпили) повідомлення*'],
    call: ['Пропущений *(дзвінок|виклик)*', 'Пропущено *', '{a} (почав|почала|починає) *дзвінок*'],
    'setting-changed': [
      '{a} (змінив|змінила|змінює) налаштування*',
      '{a} (увімкнув|увімкнула|вимкнув|вимкнула|вмикає|вимикає|оновив|оновила|оновлює) *',
      '*зникаюч*',
    ],
    other: ['*код безпеки*'],
  },
  deleted: {
    unknown: [
      'Це повідомлення було видалено',
      'Це повідомлення видалено',
      'Повідомлення видалено',
      'Дане повідомлення видалено',
    ],
    own: ['Ви видалили це повідомлення'],
    admin: [
      'Це повідомлення видалено адмін',
      'Це повідомлення було видалено адмін',
      'Адміністратор видалив',
      'Адмін видалив',
    ],
  },
  edited: ['змінено', 'відредаговано', 'редаговано'],
  omitted: ['пропущено', 'без медіа', 'не включено', 'вилучено', 'пропущен', 'опущено'],
  attached: ['прикріплено', 'додано', 'файл додано', 'вкладено', 'долучено'],
  location: ['місцезнаходження', 'розташування', 'геопозиція'],
};

export const POLISH: Language = {
  code: 'pl',
  you: ['Ty', 'ty', 'Ciebie', 'Cię', 'cię', 'Ciebie'],
  and: [' i ', ' oraz '],
  events: {
    'encryption-notice': [
      '*(zaszyfrowane|szyfrowane|szyfrowaniem|szyfrowanie|zabezpieczone) *(end-to-end|kompleksow|pełn)*',
      '*end-to-end*',
      '*w pełni szyfrowane*',
    ],
    'group-created': [
      '@(Utworzono|Stworzono) grupę[ {s}]',
      '{a} (utworzył|utworzyła|utworzył(a)|stworzył|stworzyła|stworzył(a)) grupę[ {s}]',
      '@(Utworzyłeś|Utworzyłaś|Utworzono|Utworzyłeś(-aś)|Utworzyłeś(aś)|Stworzyłeś|Stworzyłaś) grupę[ {s}]',
    ],
    'member-joined-by-link': [
      '{a} (dołączył|dołączyła|dołączył(a)) *(link|zaproszeni)*',
      '@(Dołączyłeś|Dołączyłaś|Dołączyłeś(-aś))*',
      '{a} (dołączył|dołączyła|dołączył(a))[ do grupy| do społeczności]',
    ],
    'member-added': [
      '@Dodano {t}',
      '{a} (dodał|dodała|dodał(a)) (cię|Cię|Ciebie)* >me',
      '@(Dodałeś|Dodałaś|Dodałeś(-aś)|Dodałeś(aś)) {t}',
      '{a} (dodał|dodała|dodał(a)) [użytkownika |osobę ]{t}[ do grupy]',
      '{t} (został dodany|została dodana|dodano)*',
    ],
    'member-removed': [
      '@Usunięto {t}',
      '{a} (usunął|usunęła|usunął(-ęła)|usunął(ęła)) (cię|Cię|Ciebie)* >me',
      '@(Usunąłeś|Usunęłaś|Usunąłeś(-ęłaś)) {t}',
      '{a} (usunął|usunęła|usunął(-ęła)|usunął(ęła)|wyrzucił|wyrzuciła) [użytkownika |osobę ]{t}[ z grupy]',
      '{t} (został usunięty|została usunięta|usunięto)*',
    ],
    'member-left': [
      '{a} (opuścił|opuściła|opuścił(a)|wyszedł|wyszła|wyszedł(-szła))[ grupę| z grupy| społeczność]',
      '@(Opuściłeś|Opuściłaś|Wyszedłeś|Wyszłaś)*',
    ],
    'subject-changed': [
      '@Zmieniono (nazwę|temat)[ grupy| tej grupy][ z {o}] na {s}',
      '{a} (zmienił|zmieniła|zmienił(a)) (nazwę|temat)[ grupy| tej grupy][ z {o}] na {s}',
      '@(Zmieniłeś|Zmieniłaś|Zmieniłeś(-aś)) (nazwę|temat)[ grupy][ z {o}] na {s}',
    ],
    'description-changed': ['@(Zmieniono|Usunięto) opis*', '{a} (zmienił|zmieniła|zmienił(a)|usunął|usunęła) opis*'],
    'icon-changed': [
      '@(Zmieniono|Usunięto) (ikonę|zdjęcie|obraz|ikonkę)*',
      '{a} (zmienił|zmieniła|zmienił(a)|usunął|usunęła|usunął(-ęła)) (ikonę|zdjęcie|obraz|ikonkę)*',
    ],
    'number-changed': [
      '{a} (zmienił|zmieniła|zmienił(a)) [swój ](numer|nr)[ telefonu] na {m}',
      '{n} (zmienił|zmieniła|zmieniono|zmienił(a)|zmienił się|przeszedł) [numer ][się ][nr ](na|w) {m}',
      '{a} (zmienił|zmieniła|zmienił(a)) [swój ](numer|nr)*',
    ],
    'admin-changed': [
      '{a} (jest teraz|nie jest już|jest|został|została) *admin*',
      '@(Jesteś teraz|Jesteś|Nie jesteś już) *admin*',
    ],
    pinned: ['{a} (przypiął|przypięła|przypiął(-ęła)) wiadomość*'],
    call: ['Nieodebrane połączenie*', 'Nieodebrana *', 'Połączenie *', '{a} (rozpoczął|rozpoczęła) *połączenie*'],
    'setting-changed': [
      '{a} (zmienił|zmieniła|zmienił(a)) ustawienia*',
      '{a} (włączył|włączyła|włączył(a)|wyłączył|wyłączyła|wyłączył(a)|zaktualizował|zaktualizowała) *',
      '*znikając*wiadomości*',
    ],
    other: ['*kod zabezpieczeń*', '*kod bezpieczeństwa*', '*Kod zabezpieczeń*'],
  },
  deleted: {
    unknown: [
      'Ta wiadomość została usunięta',
      'Wiadomość została usunięta',
      'Tę wiadomość usunięto',
      'Wiadomość usunięta',
      'Ta wiadomość została skasowana',
      'Usunięto tę wiadomość',
    ],
    own: [
      'Usunąłeś tę wiadomość',
      'Usunęłaś tę wiadomość',
      'Usunięto przez Ciebie tę wiadomość',
      'Ta wiadomość została usunięta przez Ciebie',
      'Usunąłeś(-ęłaś) tę wiadomość',
      'Wiadomość usunięta przez Ciebie',
    ],
    admin: [
      'Ta wiadomość została usunięta przez admin',
      'Administrator usunął',
      'Admin usunął',
      'Wiadomość usunięta przez admin',
    ],
  },
  edited: ['edytowan', 'zmienion', 'zmodyfikowan'],
  omitted: ['pominięt', 'wykluczon', 'nie dołączono', 'nie uwzględniono'],
  attached: ['załącz', 'dołączono', 'plik dołączony'],
  location: ['lokalizacja', 'pozycja', 'lokalizacja na żywo'],
};

export const CZECH: Language = {
  code: 'cs',
  you: ['Vy', 'vy', 'vás', 'Ty', 'tě', 'Vás'],
  and: [' a '],
  events: {
    'encryption-notice': ['*(koncov|end-to-end)*šifrov*', '*end-to-end*'],
    'group-created': [
      '{a} (vytvořil|vytvořila|vytvořil(a)|vytvořili jste) skupinu[ {s}]',
      '@(Vytvořili jste|Vytvořil jsi|Vytvořila jsi) skupinu[ {s}]',
    ],
    'member-joined-by-link': ['{a} se (připojil|připojila|připojil(a))*(odkaz|pozván)*'],
    'member-added': ['{a} (vás|tě) (přidal|přidala|přidal(a)) >me', '{a} (přidal|přidala|přidal(a)) {t}'],
    'member-removed': ['{a} (odebral|odebrala|odebral(a)|odstranil|odstranila|odstranil(a)) {t}'],
    'member-left': ['{a} (opustil|opustila|opustil(a)|odešel|odešla)[ skupinu]'],
    'subject-changed': ['{a} (změnil|změnila|změnil(a)) (název|předmět|název skupiny|předmět skupiny)[ z {o}] na {s}'],
    'icon-changed': ['{a} (změnil|změnila|změnil(a)) (ikonu|obrázek|fotku)*'],
    'number-changed': [
      '{n} (se změnil|se změnilo|změnil|změnila|změnil(a)) na {m}',
      '{a} (si změnil|si změnila|změnil|změnila|změnil(a)) *číslo*',
    ],
    call: ['Zmeškaný *'],
    other: ['*bezpečnostní kód*'],
  },
  deleted: {
    unknown: ['Tato zpráva byla odstraněna', 'Tato zpráva byla smazána', 'Zpráva byla odstraněna'],
    own: ['Odstranili jste tuto zprávu', 'Smazali jste tuto zprávu'],
    admin: ['Tato zpráva byla odstraněna správcem'],
  },
  edited: ['upraven'],
  omitted: ['vynechán', 'vyloučen'],
  attached: ['přiložen', 'soubor přiložen'],
  location: ['poloha'],
};
