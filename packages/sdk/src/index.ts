// The face of @konfig/sdk: what a program may import. Holds no logic.
export {}
