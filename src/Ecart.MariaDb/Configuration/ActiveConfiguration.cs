namespace Ecart.MariaDb.Configuration;

/// <summary>The settings by which a domain is scored.</summary>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Settings">The domain's options as JSON.</param>
public sealed record ActiveConfiguration(int Version, string Settings);
