/// <reference types="trusted-types" />
/// <reference types="vite/client" />
