namespace Ecart.Domains.Network;

/// <summary>What a record of the network domain tells of.</summary>
public enum NetworkRecordKind : byte
{
    /// <summary>A connection with its volumes.</summary>
    Flow,

    /// <summary>Attempts to log in over one connection (Zeek <c>ssh.log</c>).</summary>
    Login,

    /// <summary>A name that was asked for (Zeek <c>dns.log</c>).</summary>
    NameQuery,

    /// <summary>An alert of another sensor (Suricata).</summary>
    Alert,
}
