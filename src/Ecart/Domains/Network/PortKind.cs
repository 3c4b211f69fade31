namespace Ecart.Domains.Network;

/// <summary>What a destination port is usually for. Positions are part of the embedding.</summary>
internal enum PortKind : byte
{
    Web,
    Names,
    Mail,
    Login,
    Files,
    Database,
    Infrastructure,
    WellKnown,
    Registered,
    Dynamic,
}
