// The Perl side of the metadata reader: ExifTool's library over files that come through a pipe, so that no file ever lies on a disk.

/**
 * Program for `perl -e`, run in ExifTool's own folder. It reads frames (see frames.ts) with a file as payload and answers each with a frame
 * whose header is `{ tags: [[group, name, shown, value?]...], error: boolean }`. All text is UTF-8, cut to what fits. It ends with its input;
 * the alarm ends it when a file keeps it busy after its parent is gone.
 */
export const EXIFTOOL_PROGRAM = String.raw`
use strict;
use lib 'lib';
BEGIN { $Image::ExifTool::configFile = '' }
use Image::ExifTool;
use Image::ExifTool::XMP;

my $SECONDS = 180;
my $MAX_VALUE = 2000;
my $MAX_TAGS = 1500;
binmode STDIN;
open(my $answers, '>&=', 3) or exit 1;
binmode $answers;
$SIG{__WARN__} = sub { };

sub read_exactly {
    my ($length) = @_;
    my $data = '';
    while (length($data) < $length) {
        my $count = sysread(STDIN, $data, $length - length($data), length($data));
        exit 0 unless $count;
    }
    return \$data;
}

sub answer {
    my ($json) = @_;
    my $frame = pack('NN', length $json, 0) . $json;
    for (my $at = 0; $at < length $frame;) {
        my $count = syswrite($answers, $frame, length($frame) - $at, $at);
        exit 0 unless $count;
        $at += $count;
    }
}

sub text {
    my ($value) = @_;
    return 'null' unless defined $value;
    $value = '(' . length($$value) . ' bytes)' if ref $value eq 'SCALAR';
    $value = join('; ', map { ref $_ ? '(...)' : $_ } @$value) if ref $value eq 'ARRAY';
    return 'null' if ref $value;
    $value = substr($value, 0, $MAX_VALUE) if length $value > $MAX_VALUE;
    Image::ExifTool::XMP::FixUTF8(\$value);
    $value =~ s/([\\"])/\\$1/g;
    $value =~ s/([\x00-\x1f\x7f])/sprintf('\\u%04x', ord $1)/eg;
    return '"' . $value . '"';
}

my $exiftool = Image::ExifTool->new;
$exiftool->Options(Duplicates => 1, Unknown => 0, Charset => 'UTF8', LargeFileSupport => 1);
answer('{"kind":"ready"}');

for (;;) {
    my $prefix = read_exactly(8);
    my ($header, $payload) = unpack('NN', $$prefix);
    read_exactly($header);
    my $file = read_exactly($payload);
    alarm $SECONDS;
    my (@tags, $failed);
    eval {
        $exiftool->ExtractInfo($file);
        for my $tag ($exiftool->GetFoundTags('File')) {
            my $group = $exiftool->GetGroup($tag, 1);
            my $name = Image::ExifTool::GetTagName($tag);
            $failed = 1 if $name eq 'Error';
            next if $group eq 'System' or $group eq 'ExifTool' or $name eq 'Error';
            my $shown = $exiftool->GetValue($tag, 'PrintConv');
            my $value = $exiftool->GetValue($tag, 'ValueConv');
            my $same = !defined $value || ref $value || (defined $shown && !ref $shown && $shown eq $value);
            push @tags, '[' . join(',', text($group), text($name), text($shown), $same ? () : text($value)) . ']';
            last if @tags >= $MAX_TAGS;
        }
        1;
    } or $failed = 1;
    alarm 0;
    answer('{"tags":[' . join(',', @tags) . '],"error":' . ($failed ? 'true' : 'false') . '}');
}
`;
