using Ecart.Browser.Tests;
using Ecart.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(MariaDbFixture))]
[assembly: AssemblyFixture(typeof(RealBrowser))]
// One browser and one service at a time: they share the machine's cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
