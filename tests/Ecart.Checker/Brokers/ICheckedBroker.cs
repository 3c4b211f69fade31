using Ecart.Checker.Comparing;
using Ecart.Checker.Faults;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;

namespace Ecart.Checker.Brokers;

/// <summary>A broker between producer and service that outlives the service.</summary>
internal interface ICheckedBroker : IAsyncDisposable
{
    /// <summary>What the service's configuration file says of it.</summary>
    string Configuration { get; }

    /// <summary>Makes a producer.</summary>
    IProducer MakeProducer(CheckedDatabase database, TimeProvider timeProvider);

    /// <summary>Lets a fault happen to it; ends when it is over.</summary>
    /// <exception cref="NotSupportedException">Such a fault cannot happen to it.</exception>
    Task SufferAsync(Fault fault, CancellationToken cancellationToken);

    /// <summary>Compares what the service has handed on to it with what the store says.</summary>
    Task CompareAsync(CheckedDatabase database, Findings findings, CancellationToken cancellationToken) => Task.CompletedTask;
}
