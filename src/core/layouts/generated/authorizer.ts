// Written by `npm run generate` from idl/authorizer.json. Do not edit.

export type Authorization = {
  bump: number;
  grantor: Uint8Array;
  grantee: Uint8Array;
  scope: Uint8Array;
  active: boolean;
  delegates: Uint8Array[];
  grantor_update_unix_timestamp: bigint;
};

export type AuthorizationCreateParams = {
  grantee: Uint8Array;
  scope: Uint8Array;
};

export type AuthorizationGranteeUpdateParams = {
  delegates_clear: boolean;
  delegates_added: Uint8Array[];
};

export type AuthorizationGrantorUpdateParams = {
  active: boolean;
};

export type EmptyParams = Record<string, never>;

/** Arguments of each instruction of the authorizer program. */
export type AuthorizerInstructions = {
  authorization_close: { params: EmptyParams };
  authorization_create: { params: AuthorizationCreateParams };
  authorization_grantee_update: { params: AuthorizationGranteeUpdateParams };
  authorization_grantor_update: { params: AuthorizationGrantorUpdateParams };
};

/** Account types of the authorizer program. */
export type AuthorizerAccounts = {
  Authorization: Authorization;
};
