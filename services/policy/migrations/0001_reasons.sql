-- What a decision, a power cut or a violation follows from is called `reasons`; until now it was `grounds`.
UPDATE "policy"."standing" SET "state" = jsonb_set("state" #- '{desired,grounds}', '{desired,reasons}', "state" #> '{desired,grounds}') WHERE "state" -> 'desired' ? 'grounds';--> statement-breakpoint
UPDATE "policy"."node_standing" SET "state" = jsonb_set("state" #- '{desired,grounds}', '{desired,reasons}', "state" #> '{desired,grounds}') WHERE "state" -> 'desired' ? 'grounds';--> statement-breakpoint
-- A node has an id of its own; until now it was made of its hypervisor and its name.
UPDATE "policy"."node_standing" SET "state" = jsonb_set("state", '{desired,id}', to_jsonb(("state" #>> '{desired,hypervisor}') || '-' || regexp_replace(lower("state" #>> '{desired,node}'), '[^a-z0-9]+', '-', 'g'))) WHERE NOT "state" -> 'desired' ? 'id';--> statement-breakpoint
UPDATE "policy"."outage" SET "state" = ("state" - 'grounds') || jsonb_build_object('reasons', "state" -> 'grounds') WHERE "state" ? 'grounds';--> statement-breakpoint
UPDATE "policy"."violation" SET "state" = jsonb_set("state" #- '{found,grounds}', '{found,reasons}', "state" #> '{found,grounds}') WHERE "state" -> 'found' ? 'grounds';
