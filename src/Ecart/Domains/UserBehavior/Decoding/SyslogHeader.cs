namespace Ecart.Domains.UserBehavior.Decoding;

/// <summary>What stands before the message of a line of syslog.</summary>
/// <param name="time">The time as it is written.</param>
/// <param name="host">Host.</param>
/// <param name="program">Program without path and number.</param>
/// <param name="process">Number of the process; empty when it is not told.</param>
/// <param name="message">The rest.</param>
internal readonly ref struct SyslogHeader(
    ReadOnlySpan<char> time, ReadOnlySpan<char> host, ReadOnlySpan<char> program, ReadOnlySpan<char> process, ReadOnlySpan<char> message)
{
    private const int TraditionalTime = 15;

    public ReadOnlySpan<char> Time { get; } = time;

    public ReadOnlySpan<char> Host { get; } = host;

    public ReadOnlySpan<char> Program { get; } = program;

    public ReadOnlySpan<char> Process { get; } = process;

    public ReadOnlySpan<char> Message { get; } = message;

    /// <summary>Splits <c>Nov 27 10:22:10 host program[number]: message</c>, or the same with a time of ISO 8601.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out SyslogHeader header)
    {
        header = default;
        int time = line.Length > 0 && char.IsAsciiDigit(line[0]) ? line.IndexOf(' ') : TraditionalTime;
        if (time < TraditionalTime || line.Length <= time || line[time] != ' ') return false;
        ReadOnlySpan<char> rest = line[(time + 1)..].TrimStart(' ');
        int host = rest.IndexOf(' ');
        if (host <= 0) return false;
        ReadOnlySpan<char> tagged = rest[(host + 1)..];
        int colon = tagged.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0) return false;
        ReadOnlySpan<char> tag = tagged[..colon];
        int bracket = tag.IndexOf('[');
        ReadOnlySpan<char> process = bracket < 0 ? default : tag[(bracket + 1)..].TrimEnd(']');
        ReadOnlySpan<char> program = bracket < 0 ? tag : tag[..bracket];
        program = program[(program.LastIndexOf('/') + 1)..];
        header = new SyslogHeader(line[..time], rest[..host], program, process, tagged[(colon + 2)..].Trim());
        return true;
    }
}
