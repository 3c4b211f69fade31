using System.Net;
using Ecart.App.Commands;
using Ecart.App.Terminal;
using Ecart.Streaming.Cluster;

namespace Ecart.App.Serve;

/// <summary>How this process and others share the lanes. Means something under <c>--cluster</c> only.</summary>
internal sealed class ClusterNodeOptions
{
    /// <summary>Whether to share them. <c>--cluster</c> turns it on. Default false: this process owns all lanes.</summary>
    public bool Enabled { get; set; }

    /// <summary>Name of the cluster: processes with one database and one name belong together, at most 64 characters. Default ecart.</summary>
    public string Name { get; set; } = "ecart";

    /// <summary>
    /// IP address under which the other nodes reach this one, and on which it listens. Default 127.0.0.1: nodes of this machine alone. What listens there
    /// trusts whoever connects: give it an address of a private network only.
    /// </summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port for other nodes, 1 to 65,535. Default 0: one that is free.</summary>
    public int Port { get; set; }

    /// <summary>
    /// Seconds between two looks of a node after another, 0.2 to 60. A node that two looks in a row do not find is dead: its lanes come up elsewhere, and it
    /// has to start again. Default 1.
    /// </summary>
    public double ProbeSeconds { get; set; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="CommandException">A value cannot work; the message names it.</exception>
    public ClusterOptions Make()
    {
        if (Name.Length is 0 or > 64) throw Wrong($"name has {Name.Length} characters: 1 to 64.");
        if (!IPAddress.TryParse(Address, out IPAddress? address)) throw Wrong($"address '{Address}' is no IP address.");
        if (Port is < 0 or > ushort.MaxValue) throw Wrong($"port is {Port}: it must be 1 to {ushort.MaxValue}, or 0 for one that is free.");
        if (ProbeSeconds is not (>= 0.2 and <= 60)) throw Wrong($"probe_seconds is {ProbeSeconds}: it must be 0.2 to 60.");
        return new ClusterOptions { Name = Name, Address = address, Port = Port, ProbeTimeout = TimeSpan.FromSeconds(ProbeSeconds), Report = Output.Note };
    }

    private static CommandException Wrong(string fault) => new("cluster." + fault, ExitCode.Usage);
}
