namespace Ecart.Client;

/// <summary>How a client behaves.</summary>
public sealed record EcartClientOptions
{
    /// <summary>How often a request that may be repeated is sent again. Default 4; 0 for never.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The longest pause before a request is sent again; a service that asks for more ends the tries. Default 30 seconds.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first pause where the service names none; each further one is twice as long. Default 0.2 seconds.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time. Default the machine's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
