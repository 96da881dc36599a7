CREATE TABLE "policy"."incident" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
