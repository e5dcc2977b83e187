-- What 3.1 added: page performance.
ALTER TABLE website_event
    ADD COLUMN lcp decimal(10, 1),
    ADD COLUMN inp decimal(10, 1),
    ADD COLUMN cls decimal(10, 4),
    ADD COLUMN fcp decimal(10, 1),
    ADD COLUMN ttfb decimal(10, 1);
