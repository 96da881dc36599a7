CREATE TABLE "sample"."holding" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"because" text NOT NULL,
	"until" text NOT NULL
);
