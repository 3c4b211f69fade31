namespace Ecart.Domains.Network;

/// <summary>What one source has sent to one destination since it first did. A value.</summary>
/// <param name="FirstTicks">First time.</param>
/// <param name="Bytes">Bytes sent since.</param>
internal readonly record struct SentVolume(long FirstTicks, double Bytes);
