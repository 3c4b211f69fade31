using Ecart.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(MariaDbFixture))]
