CREATE SCHEMA "access";
--> statement-breakpoint
CREATE TABLE "access"."token" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"hash" text NOT NULL,
	"created" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires" timestamp with time zone,
	"last_used" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "access"."seat" (
	"service" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"process" text NOT NULL,
	"since" timestamp with time zone NOT NULL
);
