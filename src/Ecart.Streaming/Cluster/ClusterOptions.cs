using System.Net;

namespace Ecart.Streaming.Cluster;

/// <summary>How a node finds the others and what they take for its death.</summary>
public sealed record ClusterOptions
{
    /// <summary>Nodes of one store with the same name are one cluster, at most 64 characters. Default <c>ecart</c>.</summary>
    public string Name { get; init; } = "ecart";

    /// <summary>Address under which other nodes reach this one, and on which it listens. Default 127.0.0.1: nodes of this machine alone.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port for other nodes, 1 to 65,535. Default 0: one that is free.</summary>
    public int Port { get; init; }

    /// <summary>
    /// How often nodes look after each other, and for how long they wait for an answer. A node that misses two is dead: its lanes come up elsewhere within
    /// about three times this. Default 1 s, 0.2 to 60 s.
    /// </summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a node waits for the answer to what it handed on, before it hands it on again. Default 30 s, 1 to 600 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a node looks for what others have counted of merchants, devices, addresses and populations. Default 5 s.</summary>
    public TimeSpan ReadCountsEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Items that were handed in and are not durable yet, at most; beyond, sources wait. Default 10,000.</summary>
    public int MostWaiting { get; init; } = 10_000;

    /// <summary>Items handed on to a node at once, at most. Default 2,500.</summary>
    public int MostAtOnce { get; init; } = 2_500;

    /// <summary>Told, in a sentence for a person, which lanes came and went and what failed. Default null.</summary>
    public Action<string>? Report { get; init; }
}
