namespace Ecart.Streaming.Files;

/// <summary>How a file's records are written.</summary>
public enum FileFormat
{
    /// <summary>
    /// A capture by its first bytes, JSON lines when the first character is an opening brace, a Zeek log when the first line begins as one, a system's log where
    /// the domain reads such and the first line is of one, else CSV.
    /// </summary>
    Detect,

    /// <summary>RFC 4180 with a header line.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>A Zeek log: tabs between values, names in a line <c>#fields</c>.</summary>
    Zeek,

    /// <summary>A log of sshd, sudo and su, such as <c>/var/log/auth.log</c>.</summary>
    AuthLog,

    /// <summary>Packets: pcap or pcapng.</summary>
    Pcap,
}
