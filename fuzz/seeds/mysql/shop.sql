/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `customer` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(80) CHARACTER SET latin1 DEFAULT 'x''y' COMMENT "who",
  `kind` enum('a','b') DEFAULT 'a',
  `total` decimal(10,2) GENERATED ALWAYS AS (`id` * 2) VIRTUAL,
  `seen` timestamp NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`), UNIQUE KEY `n` (`name`(10)), FULLTEXT KEY (`name`),
  CONSTRAINT `c` CHECK (`id` BETWEEN 1 AND 9 OR NOT `name` LIKE '%x' ESCAPE '!')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10));
create table o (c int references customer (id), key (c)); -- note
alter table o add x json first, change c d bigint not null, add foreign key f (d) references customer (id) on delete set null, rename to p;
delimiter $$
create definer=`a`@`%` trigger t before insert on p for each row begin set new.d = 1; end$$
create procedure q() begin if 1 then create table z (a bit(3) default b'1'); end if; end$$
delimiter ;
call q();
create or replace algorithm=merge view v (a) as select count(*) from p join customer using (id) where d in (select 1) order by 1 limit 2;
