using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>So many connections or packets to one port of one host that it cannot serve others.</summary>
public sealed record FloodOptions
{
    /// <summary>Seconds of event time that are counted together. Default 60.</summary>
    public double WindowSeconds { get; init; } = 60;

    /// <summary>Connections in that time. Default 1,000.</summary>
    public int Connections { get; init; } = 1000;

    /// <summary>Share of them that must be without an answer or without content. Default 0.5.</summary>
    public double MinimumEmptyShare { get; init; } = 0.5;

    /// <summary>Packets of one connection from which its rate is looked at. Default 20,000.</summary>
    public long Packets { get; init; } = 20_000;

    /// <summary>Packets a second of one connection, hardly answered. Default 2,000.</summary>
    public double PacketsPerSecond { get; init; } = 2000;

    /// <summary>Packets back for each packet out below which a connection is hardly answered. Default 0.1.</summary>
    public double AnswerShare { get; init; } = 0.1;

    internal long WindowTicks => (long)(WindowSeconds * TimeSpan.TicksPerSecond);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowSeconds, 0.1, 86_400, path + ".window_seconds");
        OptionsException.RequireRange(Connections, 10, 100_000_000, path + ".connections");
        OptionsException.RequireRange(MinimumEmptyShare, 0, 1, path + ".minimum_empty_share");
        OptionsException.RequireRange(Packets, 10L, 1_000_000_000_000L, path + ".packets");
        OptionsException.RequireRange(PacketsPerSecond, 1, 1e12, path + ".packets_per_second");
        OptionsException.RequireRange(AnswerShare, 0, 1, path + ".answer_share");
    }
}
