using Ecart.Domains.Network.Signatures;

namespace Ecart.MariaDb.Signatures;

/// <summary>A signature as the store keeps it.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="IsActive">Whether it is matched.</param>
/// <param name="CreatedAt">When it was stored first, UTC.</param>
public sealed record StoredSignature(NetworkSignature Signature, bool IsActive, DateTime CreatedAt);
