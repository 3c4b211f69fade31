namespace Ecart.App.Tests.Serve;

/// <summary>Takes any certificate: tests make their own.</summary>
internal static class TrustingHandler
{
    public static HttpClientHandler Make() => new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
}
