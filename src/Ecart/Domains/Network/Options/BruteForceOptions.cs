using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Many log-ins that fail, or look as if they did.</summary>
public sealed record BruteForceOptions
{
    /// <summary>Minutes before the event that count. Default 5.</summary>
    public double WindowMinutes { get; init; } = 5;

    /// <summary>Failed attempts from which it is guessing: those known to have failed count 1 each, wherever, short connections less and only at one host. Default 5.</summary>
    public double Attempts { get; init; } = 5;

    /// <summary>What a connection counts that may have been a failed log-in. Default 0.34: 15 of them at one host are guessing.</summary>
    public double UnknownWeight { get; init; } = 0.34;

    /// <summary>Bytes each way up to which a connection is too short to be a session. Default 6,000.</summary>
    public long ShortBytes { get; init; } = 6000;

    /// <summary>Seconds up to which it is. Default 30.</summary>
    public double ShortSeconds { get; init; } = 30;

    /// <summary>Ports where people log in. Default 21, 22, 23, 445, 1433, 2222, 2323, 3306, 3389, 5432, 5900, 5985, 5986.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [21, 22, 23, 445, 1433, 2222, 2323, 3306, 3389, 5432, 5900, 5985, 5986];

    /// <summary>Services where people log in, whatever the port. Default ssh, ftp, telnet, rdp, vnc, mysql, postgresql.</summary>
    public IReadOnlyList<string> Services { get; init; } = ["ssh", "ftp", "telnet", "rdp", "vnc", "mysql", "postgresql"];

    internal long WindowTicks => (long)(WindowMinutes * TimeSpan.TicksPerMinute);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 0.1, 1440, path + ".window_minutes");
        OptionsException.RequireRange(Attempts, 1, 200, path + ".attempts");
        OptionsException.RequireRange(UnknownWeight, 0, 1, path + ".unknown_weight");
        OptionsException.RequireRange(ShortBytes, 0, 1_000_000_000, path + ".short_bytes");
        OptionsException.RequireRange(ShortSeconds, 0.01, 86_400, path + ".short_seconds");
        OptionsException.Require(Ports is not null, path + ".ports", Ports, "a list of ports, which may be empty");
        OptionsException.Require(Services is not null, path + ".services", Services, "a list of services, which may be empty");
    }
}
