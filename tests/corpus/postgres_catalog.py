"""What a PostgreSQL database holds, by its own functions that write definitions: for servers newer
than the pg_dump at hand. One line of text an object, the same for the same schema."""

# Namespaces that are not the server's own, and objects that belong to no extension.
OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
NO_EXTENSION = ("NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{0}'::regclass "
                "AND e.objid = {1} AND e.deptype = 'e')")
RELATION = "JOIN pg_class c ON c.oid = {0} JOIN pg_namespace n ON n.oid = c.relnamespace"


def _of(catalog, oid, condition="true"):
    return f" WHERE {OURS} AND {NO_EXTENSION.format(catalog, oid)} AND {condition}"


QUERIES = {
    "namespace": "SELECT n.nspname, ARRAY(SELECT i::text FROM unnest(n.nspacl) i ORDER BY 1) FROM pg_namespace n "
                 + _of("pg_namespace", "n.oid"),
    "extension": "SELECT e.extname, n.nspname FROM pg_extension e "
                 "JOIN pg_namespace n ON n.oid = e.extnamespace",
    "relation": """
        SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity,
               c.relforcerowsecurity, c.relreplident, c.reloptions, ARRAY(SELECT i::text FROM unnest(c.relacl) i ORDER BY 1),
               pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(c.oid),
               c.reloftype::regtype, t.reloptions, f.ftoptions
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
          LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid """
                + _of("pg_class", "c.oid", "c.relkind NOT IN ('i', 'I')"),
    "inheritance": """
        SELECT i.inhrelid::regclass, i.inhparent::regclass, i.inhseqno
          FROM pg_inherits i """ + RELATION.format("i.inhrelid")
                   + _of("pg_class", "c.oid"),
    "column": """
        SELECT n.nspname, c.relname,
               row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), a.attname,
               format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               a.attstorage, a.attcompression, a.attstattarget, a.attoptions, a.attfdwoptions,
               a.attcollation::regcollation, ARRAY(SELECT i::text FROM unnest(a.attacl) i ORDER BY 1), pg_get_expr(d.adbin, d.adrelid)
          FROM pg_attribute a """ + RELATION.format("a.attrelid") + """
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum """
              + _of("pg_class", "c.oid",
                    "a.attnum > 0 AND NOT a.attisdropped AND c.relkind NOT IN ('i', 'I', 'S')"),
    "constraint": """
        SELECT c.conrelid::regclass, c.contypid::regtype, c.conname, pg_get_constraintdef(c.oid),
               c.convalidated, obj_description(c.oid, 'pg_constraint')
          FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace """
                  + _of("pg_constraint", "c.oid"),
    "index": """
        SELECT c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered,
               i.indisreplident, p.inhparent::regclass, c.reloptions
          FROM pg_index i """ + RELATION.format("i.indexrelid") + """
          LEFT JOIN pg_inherits p ON p.inhrelid = i.indexrelid """
             + _of("pg_class", "i.indrelid"),
    "view": "SELECT c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            + _of("pg_class", "c.oid", "c.relkind IN ('v', 'm')"),
    "trigger": """
        SELECT pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger')
          FROM pg_trigger t """ + RELATION.format("t.tgrelid")
               + _of("pg_class", "c.oid", "NOT t.tgisinternal"),
    "rule": """
        SELECT pg_get_ruledef(r.oid), r.ev_enabled, obj_description(r.oid, 'pg_rewrite')
          FROM pg_rewrite r """ + RELATION.format("r.ev_class")
            + _of("pg_class", "c.oid", "r.rulename <> '_RETURN'"),
    "policy": """
        SELECT p.polname, p.polrelid::regclass, p.polcmd, p.polpermissive,
               ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (p.polroles) ORDER BY 1),
               pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
               obj_description(p.oid, 'pg_policy')
          FROM pg_policy p """ + RELATION.format("p.polrelid") + _of("pg_class", "c.oid"),
    "routine": """
        SELECT p.oid::regprocedure,
               CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
               a.aggtransfn, a.aggtranstype::regtype, a.agginitval, ARRAY(SELECT i::text FROM unnest(p.proacl) i ORDER BY 1),
               obj_description(p.oid, 'pg_proc')
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
          LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid """ + _of("pg_proc", "p.oid"),
    "type": """
        SELECT n.nspname, t.typname, t.typtype, t.typnotnull, t.typdefault, ARRAY(SELECT i::text FROM unnest(t.typacl) i ORDER BY 1),
               format_type(t.typbasetype, t.typtypmod), t.typcollation::regcollation,
               ARRAY(SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder),
               r.rngsubtype::regtype, r.rngsubdiff, obj_description(t.oid, 'pg_type')
          FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
          LEFT JOIN pg_range r ON r.rngtypid = t.oid """ + _of("pg_type", "t.oid"),
    "sequence": """
        SELECT s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin,
               s.seqmax, s.seqcache, s.seqcycle, d.refobjid::regclass, d.refobjsubid
          FROM pg_sequence s """ + RELATION.format("s.seqrelid") + """
          LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
           AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 """ + _of("pg_class", "c.oid"),
    "comment": """
        SELECT c.oid::regclass, d.objsubid, d.description
          FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
           AND d.classoid = 'pg_class'::regclass
          JOIN pg_namespace n ON n.oid = c.relnamespace """ + _of("pg_class", "c.oid"),
    "operator": """
        SELECT o.oid::regoperator, o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator
          FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace """
                + _of("pg_operator", "o.oid"),
    "cast": "SELECT castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext "
            "FROM pg_cast c WHERE c.oid >= 16384 AND " + NO_EXTENSION.format("pg_cast", "c.oid"),
    "statistics": "SELECT pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s "
                  "JOIN pg_namespace n ON n.oid = s.stxnamespace "
                  + _of("pg_statistic_ext", "s.oid"),
    "event trigger": "SELECT evtname, evtevent, evtfoid::regprocedure, evtenabled, evttags "
                     "FROM pg_event_trigger",
    "publication": "SELECT pubname, puballtables, pubinsert, pubupdate, pubdelete, "
                   "(SELECT string_agg(prrelid::regclass::text, ',' ORDER BY 1) "
                   "FROM pg_publication_rel WHERE prpubid = p.oid) FROM pg_publication p",
    "server": "SELECT srvname, srvoptions FROM pg_foreign_server",
    "default privileges": "SELECT defaclnamespace::regnamespace, defaclobjtype, defaclacl "
                          "FROM pg_default_acl",
}


def read(rows):
    """What the database holds; `rows` gives the rows of a query of one column."""
    found = []
    for kind, query in QUERIES.items():
        # What an object is made with, on its own line; NULL and empty are told apart by the row.
        texts = rows(f"SET search_path = ''; SELECT q::text FROM ({query}) q")
        found += [f"{kind} {text}" for text in texts]
    return found
