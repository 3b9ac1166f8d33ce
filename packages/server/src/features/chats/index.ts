// What the rest of the server enters chats by.
export {};
