namespace Ecart.Embedded.Provisioning;

/// <summary>The programs, the keys and the mirror with which packages are fetched.</summary>
internal sealed record AptPlan(string AptGet, string Dpkg, string AptFolder, string Keyring, string Mirror, DebianArchitecture Architecture);
