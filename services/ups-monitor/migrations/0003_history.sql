CREATE TABLE "ups_monitor"."sample" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"ups" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"mains" text NOT NULL,
	"charge_pct" double precision,
	"runtime_s" double precision,
	"load_pct" double precision,
	"power_w" double precision,
	"input_v" double precision
);
--> statement-breakpoint
CREATE INDEX "sample_ups" ON "ups_monitor"."sample" USING btree ("ups","position");