namespace Ecart.Domains.Network.Decoding;

/// <summary>What the network domain accepts.</summary>
public sealed record NetworkDecoderOptions
{
    /// <summary>Earlier moments are rejected. Default 1970-01-01, so that captures with times since their own start are read too.</summary>
    public DateTime Earliest { get; init; } = DateTime.UnixEpoch;

    /// <summary>Moments later than now by more than this are rejected. Default 24 hours.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Networks in CIDR form that are internal besides the private ones, as in the configuration. Default none.</summary>
    public IReadOnlyList<string> InternalNetworks { get; init; } = [];
}
