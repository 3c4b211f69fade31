namespace Ecart.Domains.Network;

/// <summary>TCP flags seen in either direction, as in the TCP header.</summary>
[Flags]
public enum TcpControlBits : byte
{
    /// <summary>None seen, or unknown.</summary>
    None = 0,

    /// <summary>No more data.</summary>
    Fin = 1,

    /// <summary>Opening.</summary>
    Syn = 2,

    /// <summary>Reset.</summary>
    Rst = 4,

    /// <summary>Data to be handed on at once.</summary>
    Psh = 8,

    /// <summary>Acknowledgement.</summary>
    Ack = 16,

    /// <summary>Urgent data.</summary>
    Urg = 32,
}
